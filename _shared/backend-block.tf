#| The backend of the root that is set. |#
#% set places = ['providers/backend/http.tf'] if cw_iac.backend == 'http'
  else ['providers/cloud/' ~ cloud ~ '/backend.tf', 'providers/backend/' ~ cw_iac.backend ~ '.tf'] %#
#% include places %#
