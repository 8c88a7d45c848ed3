"""What a change does: two trees of one repository, compared by what their files mean."""
