module scaffolded-application

go 1.26
