package submission

// What a form calls the places of its signatures, on cards, receipts, proofs and paper alike.

import (
	"context"

	"yipanqi/internal/db"
	"yipanqi/internal/form"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

// placeWords are what the places of signatures are called.
var placeWords = map[string]say.Key{First: "第一签字人", Second: "第二签字人", Third: "第三签字人"}

// Called is what a form calls the places of its signatures, each by First, Second, Third.
type Called map[string]network.Label

// CalledIn reads what the places of a form are called: what it names, or else the posts that sign there.
func CalledIn(tx *db.Tx, f form.Form) (Called, error) {
	labels, err := network.Labels(tx, "role")
	called := Called{}
	for i, place := range f.Signers.Places() {
		l, known := labels[place.Role]
		if place.Label != "" {
			l, known = network.Label{Code: place.Role, Name: place.Label}, true
		}
		if known {
			called[inOrder[i]] = l
		}
	}
	return called, err
}

// Words name a place: without a form, by its order.
func (c Called) Words(ctx context.Context, place string) string {
	if l, known := c[place]; known {
		return part.Name(ctx, l.Name, l.NameEN)
	}
	return part.T(ctx, placeWords[place])
}

// called are the places that a receipt's own text names.
func (r Result) called() Called {
	called := Called{}
	for i, place := range r.Places {
		if place.Label != "" && i < len(inOrder) {
			called[inOrder[i]] = network.Label{Code: place.Role, Name: place.Label}
		}
	}
	return called
}

func labelOf(labels map[string]network.Label, role string) network.Label {
	if l, ok := labels[role]; ok {
		return l
	}
	return network.Label{Code: role, Name: role}
}
