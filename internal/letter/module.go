package letter

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/evidence"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers: {"letter.read"},
	auth.Office: {VerbDraft, VerbEdit, VerbCheck, VerbIssue, VerbReceive, VerbRecord, VerbReturn, VerbReplace, VerbDrop,
		VerbWithdraw, VerbMark, evidence.VerbAttach, evidence.VerbWithdraw},
	auth.Leader:         {VerbCheck, VerbCountersign, VerbSign, VerbReturn, VerbReceive},
	auth.CommitteeChief: {VerbSign, VerbReturn},
	auth.Liaison:        {VerbReceive},
})
