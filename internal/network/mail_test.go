package network_test

// Where a person's mail goes: one bare address, in whatever width it was typed, or a refusal that says how to write it.

import (
	"context"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

func TestAnAddressIsKeptBareOrRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Update(context.Background(), func(tx *db.Tx) error {
			p, err := network.AddPerson(tx, network.Person{Name: "统计员甲"})
			if err != nil {
				return err
			}
			for text, want := range map[string]string{" a@b.cn ": "a@b.cn", "ａ＠ｂ．cn": "a@b.cn",
				"张三@例子.中国": "张三@例子.中国", "a@b": "", "甲 <a@b.cn>": "", "a@b.cn, c@d.cn": "",
				"a@b.cn\nBcc: c@d.cn": "", "a..b@c.cn": "", "mailto:a@b.cn": "",
				strings.Repeat("长", 90) + "@b.cn": ""} {
				if _, err := network.SetEmail(tx, p.ID, ""); err != nil {
					return err
				}
				_, refused := network.SetEmail(tx, p.ID, text)
				if got, err := network.EmailOf(tx, p.ID); err != nil || got != want ||
					(want == "") != (errs.KindOf(refused) == errs.Invalid) {
					t.Errorf("%q is kept as %q (%v, %v), want %q", text, got, refused, err, want)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
