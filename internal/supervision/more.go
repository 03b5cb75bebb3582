package supervision

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

type showMore struct{}

func moreOf(*db.Tx, auth.User, Visit) (showMore, error) { return showMore{}, nil }
