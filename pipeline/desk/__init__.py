"""What a person asks for beside the main job: questions to review, exchange with annotation tools."""
