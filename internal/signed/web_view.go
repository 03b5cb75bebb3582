package signed

// A signature as pages show it. Which place it takes is said by its module.

import (
	"context"

	"yipanqi/internal/sign"
	"yipanqi/internal/web/part"
)

// View is a signature under t, verified on the spot. role is the place in words.
func (s Signature) View(ctx context.Context, role string, t Frozen, issuer sign.PublicKey) part.SignatureView {
	v := part.SignatureView{Role: role, Name: s.Person, Post: s.Unit + " · " + s.Post, At: s.At, Digest: s.Digest,
		Valid: true, Sample: s.Sample()}
	v.Certified = s.Certificate.Outside.Authority
	if s.OnPaper() {
		v.Paper, v.Scan = part.T(ctx, "纸面日期%s；%s上传扫描件，%s于%s确认", s.Paper.On, s.Paper.RecordedBy,
			s.Paper.ConfirmedBy, part.When(s.At)), s.Paper.File
	}
	for _, a := range append(t.Assertions(), s.Assertions(t, issuer)...) {
		if !a.OK {
			v.Valid, v.Problem = false, part.T(ctx, "不成立：%s", part.Say(ctx, a.Words))
		}
	}
	return v
}
