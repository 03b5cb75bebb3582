package directory_test

// Two districts with homes, rooms and toilets in a city of their own, and the people who keep them.

import (
	"context"
	"slices"
	"testing"
	"testing/fstest"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/directory"
	"yipanqi/internal/element"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/intake"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/record"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
	"yipanqi/registers"
)

var files = fstest.MapFS{
	"labels.csv": {Data: []byte("词类,代码,名称,英文名\n区域层级,city,市,City\n区域层级,district,区,District\n" +
		"单位类别,office,办公室,Office\n单位类别,keeper,填报单位,Keeper\n单位类别,federation,妇联,Federation\n")},
	"areas.csv": {Data: []byte("代码,名称,简称,英文名,层级,上级,启用日期\n980100,示范市,示范市,City,city,,2010-01-01\n" +
		"980101,东岭区,东岭,East,district,980100,2010-01-01\n980102,西川区,西川,West,district,980100,2010-01-01\n")},
	"units.csv": {Data: []byte("代码,名称,简称,英文名,类别,所辖区域,成立日期\nOFFICE,示范市妇儿工委办,市妇儿工委办,Office,office,980100,2010-01-01\n" +
		"CITY,示范市妇联,市妇联,City Federation,federation,980100,2010-01-01\n" +
		"EAST,东岭区妇联,东岭区妇联,East Federation,keeper,980101,2010-01-01\n" +
		"WEST,西川区妇联,西川区妇联,West Federation,keeper,980102,2010-01-01\n")},
	"register_parts.csv": {Data: []byte("登记,办理,单位类别,岗位\npublic_toilet,keeper,keeper,statistician\n" +
		"public_toilet,owner,federation,liaison\nmother_baby_room,keeper,keeper,statistician\n" +
		"mother_baby_room,owner,federation,liaison\n")},
	"records/public_toilet.csv": {Data: []byte("number,unit,area,state,facility_name,toilet_build,toilet_class," +
		"place_kind,busy_place,location:lon,location:lat,maintenance_unit,male_stalls,male_urinals,female_stalls," +
		"family_rooms,opening_hours,facility_state,opened_on,closed_on\n" +
		"GC-1,EAST,980101,confirmed,东岭商业街公厕,attached,1,street,1,118.2,36.1,EAST,5,6,22,0,全天,open,2021-06-09,\n" +
		"GC-2,WEST,980102,confirmed,西川广场公厕,attached,1,road,0,118.1,36.1,WEST,3,3,12,0,6:00-22:00,suspended,2021-01-10,\n" +
		"GC-3,WEST,980102,confirmed,西川旧公厕,attached,1,road,0,118.1,36.2,WEST,3,3,12,0,全天,closed,2011-01-10,2022-01-10\n")},
}

var fixture = dbtest.Filled{Fill: func(t testing.TB, d *db.DB) {
	t.Helper()
	all := slices.Concat(network.Files(), element.Files(), form.Files(), plan.Files(), indicator.Files(),
		record.Files())
	if _, err := intake.Import(context.Background(), d, all, registers.Over(files),
		func(string, int, int) {}); err != nil {
		t.Fatalf("import: %v", err)
	}
}}

// town is the city's site, with people: east and west keep toilets, city oversees them, office is the committee's.
type town struct {
	*testing.T
	*webtest.Site
}

func eachTown(t *testing.T, test func(*town)) {
	t.Helper()
	t.Parallel()
	fixture.Each(t, func(t *testing.T, d *db.DB) {
		people := map[string]auth.User{}
		if err := d.Update(context.Background(), func(tx *db.Tx) error {
			for login, post := range map[string][2]string{"east": {"EAST", auth.Statistician},
				"west": {"WEST", auth.Statistician}, "city": {"CITY", auth.Liaison}, "office": {"OFFICE", auth.Office},
				"director": {"OFFICE", auth.Leader}} {
				person, err := network.AddPerson(tx, network.Person{Name: login})
				if err != nil {
					return err
				}
				if _, err := network.AddPost(tx, network.Post{PersonID: person.ID, Unit: post[0], Role: post[1],
					OpensOn: "2020-01-01"}); err != nil {
					return err
				}
				if people[login], err = account.UserOf(tx, person.ID); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		m := web.NewMux(web.Config{DB: d, User: account.UserOf, Committed: func() {},
			Asset: func(name string) string { return "/assets/" + name }})
		directory.Routes(m)
		test(&town{t, &webtest.Site{Handler: m.Handler(), DB: d, People: people}})
	})
}
