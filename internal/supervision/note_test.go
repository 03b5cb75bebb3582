package supervision_test

// What phones send: the same note twice is one, something else under its id is kept beside it, two phones that see the
// same file differently are both kept, photos say nothing of their place, and nothing comes in where nobody may write.

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"image"
	"image/jpeg"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/supervision"
	"yipanqi/internal/web/webtest"
)

// photo is a picture that says where it was taken.
func photo(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	exif := append([]byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x00"), []byte("GPSLatitude 39.9")...)
	size := binary.BigEndian.AppendUint16(nil, uint16(len(exif)+2))
	all := append([]byte{0xff, 0xd8, 0xff, 0xe1}, size...)
	return append(append(all, exif...), b.Bytes()[2:]...)
}

// send is a note as a device sends it: its fields, and a photo if there is one.
func send(t *testing.T, s *webtest.Site, as, visit string, fields map[string]string, picture []byte) (int, string) {
	t.Helper()
	form := url.Values{}
	for name, value := range fields {
		form.Set(name, value)
	}
	w := s.Ask(t, webtest.Scenario{As: as, Path: "/visits/" + visit + "/notes", Form: form, JSON: true, File: picture,
		FileName: "现场.jpg", FileField: "photo"})
	return w.Code, w.Body.String()
}

func TestNotesOfPhones(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		g := c.formed("edu-head", "990104", "990105")
		v := may(c, "office", c.plan(g, "990104", "2023-09-12", true))
		s := c.site()
		jot := func(own, kind, text string, more ...string) map[string]string {
			f := map[string]string{"own_id": own + "-0000-4000-8000-000000000000", "kind": kind, "text": text,
				"at": "2023-09-12T08:50:00+08:00"}
			for i := 0; i < len(more); i += 2 {
				f[more[i]] = more[i+1]
			}
			return f
		}
		answer := func(as string, want int, fields map[string]string, picture []byte) (n note) {
			t.Helper()
			status, body := send(t, s, as, v.ID, fields, picture)
			if status != want {
				t.Fatalf("%s sends %v: %d %s", as, fields, status, body)
			}
			if want == http.StatusOK {
				if err := json.Unmarshal([]byte(body), &n); err != nil {
					t.Fatal(err)
				}
			}
			return n
		}
		first := jot("11111111", "note", "墙上没有标识")
		if status, body := send(t, s, "edu", v.ID, first, nil); status != 409 || !strings.Contains(body, "还没有到") {
			t.Fatalf("a note four days before the visit: %d %s", status, body)
		}
		c.On("2023-09-12")
		s.Again("edu")
		one := answer("edu", 200, first, nil)
		if again := answer("edu", 200, first, nil); again.ID != one.ID || again.ReceivedAt != one.ReceivedAt {
			t.Errorf("the same note sent twice is %+v and %+v", one, again)
		}
		answer("edu", 409, jot("11111111", "note", "墙上有标识"), nil)
		answer("edu", 409, jot("11111111", "note", "墙上有标识"), nil)
		other := answer("office-b", 200, first, nil) // another person's device may have had the same id
		if other.ID == one.ID {
			t.Error("the note of another person was taken for the same")
		}

		shot := answer("edu", 200, jot("22222222", "site", "门口台阶没有坡道", "place", "青禾镇儿童之家", "no_minors",
			"on"),
			photo(t))
		if !shot.Stripped || shot.Photo == "" || !strings.HasPrefix(shot.Place, "visit_site/") {
			t.Errorf("a photo with its place is kept as %+v", shot)
		}
		again := answer("edu", 200, jot("22222222", "site", "门口台阶没有坡道", "place", "青禾镇儿童之家",
			"no_minors", "on"),
			photo(t))
		if again.ID != shot.ID {
			t.Error("a photo that was sent twice is kept twice")
		}
		kept := may(c, "office", func(tx *db.Tx, _ auth.User) (string, error) {
			return db.Value[string](tx, `SELECT id FROM evidence WHERE object = $1`, shot.Object())
		})
		s.Run(t, webtest.Scenario{As: "edu-head", Path: "/files/" + kept, NotContains: []string{"GPS"}},
			webtest.Scenario{As: "north", Path: "/files/" + kept, Status: 404},
			webtest.Scenario{As: "north", Path: "/visit-notes/" + shot.ID, Status: 404},
			webtest.Scenario{As: "north", Path: v.URL() + "/field", Status: 404},
			webtest.Scenario{As: "edu", Path: "/visit-notes/" + shot.ID, Contains: []string{"已去掉拍摄地点"}},
			webtest.Scenario{As: "edu", Path: v.URL() + "/field", Contains: []string{"记一条发现", "青禾镇儿童之家",
				"墙上没有标识", "id=\"note-file-"}})
		answer("edu", 422, jot("33333333", "note", "没有确认", "text", "照片"), photo(t))

		// two phones, one file: both are kept and the head chooses
		answer("edu", 200, jot("44444444", "file", "", "item", "meetings", "found", "complete"), nil)
		partly := answer("office-b", 200, jot("55555555", "file", "缺两次纪要", "item", "meetings", "found",
			"partly"), nil)
		found := func() supervision.FileItem {
			v := may(c, "edu", func(tx *db.Tx, by auth.User) (visit, error) { return supervision.Read(tx, by, v.ID) })
			files := may(c, "edu", func(tx *db.Tx, _ auth.User) ([]supervision.FileItem, error) {
				return supervision.FilesOf(tx, v)
			})
			return files[1]
		}
		if f := found(); !f.Split || f.Found != "" || len(f.All) != 2 {
			t.Errorf("two phones that differ give %+v", f)
		}
		now := may(c, "edu", func(tx *db.Tx, by auth.User) (visit, error) { return supervision.Read(tx, by, v.ID) })
		pick := func(tx *db.Tx, by auth.User) (visit, error) {
			return supervision.Choose(tx, by, v.ID, now.Version, partly.ID)
		}
		refused(c, "edu", errs.Denied, "组长", pick)
		may(c, "edu-head", pick)
		if f := found(); f.Split || f.Found != "partly" || len(f.All) != 2 {
			t.Errorf("the head's choice gives %+v", f)
		}

		bad := map[string]map[string]string{
			"档案目录里的一项":   jot("66666661", "file", "", "item", "nothing", "found", "partly"),
			"齐全、部分或缺":    jot("66666662", "file", "", "item", "plan"),
			"不是时间":       jot("66666663", "note", "某事", "at", "昨天"),
			"设备给这条记录的编号": {"own_id": "1", "kind": "note", "text": "某事"},
			"看到了什么":      jot("66666664", "note", ""),
			"点位的名称":      jot("66666665", "site", "某处"),
			"问题、经验或建议":   jot("66666666", "finding", "某事"),
			"一张照片":       jot("66666667", "photo", ""),
			"最多2000个字":   jot("66666668", "note", strings.Repeat("长", 2001)),
		}
		for says, fields := range bad {
			if status, body := send(t, s, "edu", v.ID, fields, nil); status != 422 || !strings.Contains(body, says) {
				t.Errorf("%v is told %d %s, not %s", fields, status, body, says)
			}
		}
		if status, _ := send(t, s, "west", v.ID, first, nil); status != 404 {
			t.Errorf("another district's office is told %d of the visit", status)
		}
		if status, _ := send(t, s, "north", v.ID, first, nil); status != 403 {
			t.Errorf("the visited area's office writes a note: %d", status)
		}
		c.verifies(0)
		for _, edit := range []string{`UPDATE visit_notes SET body = '改过' WHERE kind = 'note'`,
			`UPDATE visit_notes SET photo = '' WHERE photo <> ''`, `DELETE FROM visit_sites`,
			`DELETE FROM supervision_people`, `UPDATE visits SET on_day = '2023-09-13'`} {
			_, err := do(c, "office", func(tx *db.Tx, _ auth.User) (int, error) {
				c.Must(tx.Exec(edit))
				found, err := supervision.Verify(tx, "")
				c.Must(err)
				if len(found) == 0 {
					t.Errorf("%s is not found", edit)
				}
				return 0, errs.Conflictf("back")
			})
			if errs.KindOf(err) != errs.Conflict {
				t.Fatal(err)
			}
		}
	})
}
