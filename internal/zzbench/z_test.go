package zzbench
import ("testing";"database/sql";"fmt";"strings";"time";_ "modernc.org/sqlite")
func keys(lo,hi int) string { var b []string; for i:=lo;i<=hi;i++ {b=append(b,fmt.Sprintf("\"%d\":1",i))}; return "{"+strings.Join(b,",")+"}" }
const cols=`f.element_id, f.sex, f.category, f.calibre,
			CASE WHEN f.mark IN (0, 12) THEN f.value ELSE 0 END AS value,
			CASE WHEN f.mark IN (0, 12) THEN 1 ELSE 0 END AS n,
			CASE WHEN f.mark = 10 THEN 1 ELSE 0 END AS na,
			CASE WHEN f.mark = 12 THEN 1 ELSE 0 END AS hidden,
			CASE WHEN f.mark IN (0, 12) AND f.grade IN (1, 3) THEN 1 ELSE 0 END AS simulated,
			CASE WHEN f.mark IN (0, 12) AND f.grade IN (2, 3) THEN 1 ELSE 0 END AS unsigned`
const head=`INSERT INTO rollups (area_id, period, element_id, sex, category, calibre, value, n, na, hidden, simulated, unsigned)
		SELECT CAST($1 AS INTEGER), CAST($2 AS INTEGER), x.element_id, x.sex, x.category, x.calibre,
			CAST(sum(x.value) AS BIGINT), sum(x.n), sum(x.na), sum(x.hidden), sum(x.simulated), sum(x.unsigned)
		FROM (`
const tail=` AND c.parent_id = $1 AND c.opens_on <= $3 AND (c.closes_on = '' OR c.closes_on > $3)) x
		WHERE true GROUP BY x.element_id, x.sex, x.category, x.calibre
		ON CONFLICT (area_id, period, element_id, sex, category, calibre) DO UPDATE SET value = excluded.value, n = excluded.n, na = excluded.na,
			hidden = excluded.hidden, simulated = excluded.simulated, unsigned = excluded.unsigned`
func TestZ(t *testing.T) {
	d,err:=sql.Open("sqlite","file:/tmp/w/bench/z.db?_pragma=journal_mode(WAL)&_pragma=cache_size(-65536)&_txlock=immediate"); if err!=nil{t.Fatal(err)}
	d.SetMaxOpenConns(1)
	var street int64
	if err:=d.QueryRow("select parent_id from areas where level='community' order by id limit 1").Scan(&street);err!=nil{t.Fatal(err)}
	run:=func(name,q string, args ...any){
		tx,_:=d.Begin(); defer tx.Rollback()
		best:=time.Hour; var tot time.Duration
		for i:=0;i<60;i++{ s:=time.Now(); _,err:=tx.Exec(q,args...); e:=time.Since(s); if err!=nil{t.Fatal(name,err)}; if e<best{best=e}; tot+=e }
		st,_:=tx.Prepare(q); bp:=time.Hour
		for i:=0;i<60;i++{ s:=time.Now(); st.Exec(args...); if e:=time.Since(s);e<bp{bp=e} }
		fmt.Printf("%-28s best %v avg %v prepared %v\n",name,best,tot/60,bp)
		if testing.Verbose() { rows,_:=tx.Query("explain query plan "+q,args...); for rows.Next(){var a,b,c int;var s string;rows.Scan(&a,&b,&c,&s);fmt.Println("   ",s)} }
	}
	p:=201000
	from:=` FROM areas c CROSS JOIN facts f WHERE f.area_id = c.id AND f.period = $2 AND f.element_id BETWEEN $4 AND $5`
	run("A current",head+"SELECT "+cols+from+" AND +f.element_id IN (SELECT CAST(key AS INTEGER) FROM json_each($6))"+tail,street,p,"2010-12-31",51,100,keys(51,100))
	run("B no IN",head+"SELECT "+cols+from+tail,street,p,"2010-12-31",51,100)
	run("S select only no IN", strings.Replace("SELECT "+cols+from+strings.Split(tail,")) x")[0]+")", "", "",1),street,p,"2010-12-31",51,100)
	run("S2 sum no group", "SELECT sum(f.value) "+from+strings.Split(tail,")) x")[0]+")",street,p,"2010-12-31",51,100)
	slim:=`f.element_id, f.sex, f.category, f.calibre, f.value, f.mark, f.grade`
	head2:=strings.Replace(head,"CAST(sum(x.value) AS BIGINT), sum(x.n), sum(x.na), sum(x.hidden), sum(x.simulated), sum(x.unsigned)",
	`CAST(sum(CASE WHEN x.mark IN (0, 12) THEN x.value ELSE 0 END) AS BIGINT), sum(x.mark IN (0,12)), sum(x.mark=10), sum(x.mark=12), sum(x.mark IN (0,12) AND x.grade IN (1,3)), sum(x.mark IN (0,12) AND x.grade IN (2,3))`,1)
	run("C slim sorter",head2+"SELECT "+slim+from+tail,street,p,"2010-12-31",51,100)
	head3:=strings.Replace(head,"CAST(sum(x.value) AS BIGINT), sum(x.n), sum(x.na), sum(x.hidden), sum(x.simulated), sum(x.unsigned)",
	`CAST(COALESCE(sum(x.value) FILTER (WHERE x.mark IN (0, 12)),0) AS BIGINT), count(*) FILTER (WHERE x.mark IN (0,12)), count(*) FILTER (WHERE x.mark=10), count(*) FILTER (WHERE x.mark=12), count(*) FILTER (WHERE x.mark IN (0,12) AND x.grade IN (1,3)), count(*) FILTER (WHERE x.mark IN (0,12) AND x.grade IN (2,3))`,1)
	run("D slim filter",head3+"SELECT "+slim+from+tail,street,p,"2010-12-31",51,100)
	var cells []string
	for e:=51;e<=100;e++ { cells=append(cells,fmt.Sprintf("\"%d\":[%d,-1,0,0,%d,0,0,0,0,0]",e,e,e*7-500)) }
	up:=`INSERT INTO rollups (area_id, period, element_id, sex, category, calibre, value, n, na, hidden, simulated, unsigned)
		SELECT CAST($1 AS INTEGER), CAST($2 AS INTEGER), CAST(j.value ->> 0 AS INTEGER), CAST(j.value ->> 1 AS INTEGER), CAST(j.value ->> 2 AS INTEGER),
			CAST(j.value ->> 3 AS INTEGER), CAST(j.value ->> 4 AS BIGINT), CAST(j.value ->> 5 AS INTEGER), CAST(j.value ->> 6 AS INTEGER), CAST(j.value ->> 7 AS INTEGER), CAST(j.value ->> 8 AS INTEGER), CAST(j.value ->> 9 AS INTEGER)
		FROM json_each($3) j WHERE true ON CONFLICT (area_id, period, element_id, sex, category, calibre) DO UPDATE SET value = rollups.value+excluded.value, n = rollups.n+excluded.n, na = rollups.na+excluded.na,
			hidden = rollups.hidden+excluded.hidden, simulated = rollups.simulated+excluded.simulated, unsigned = rollups.unsigned+excluded.unsigned`
	run("delta one level",up,street,p,"{"+strings.Join(cells,",")+"}")
	up3:=strings.Replace(strings.Replace(up,"CAST($1 AS INTEGER)","CAST(a.key AS INTEGER)",1),"FROM json_each($3) j","FROM json_each($1) a CROSS JOIN json_each($3) j",1)
	run("delta three levels",up3,keys(int(street)-2,int(street)),p,"{"+strings.Join(cells,",")+"}")
	run("one-col upd", "update facts set value=value+1 where area_id=$1 and period=$2 and element_id between 51 and 100",street+1,p)
	run("keys only delete none", "DELETE FROM facts WHERE area_id = $1 AND period = $2 AND version_id <> $3 AND element_id IN (SELECT CAST(key AS INTEGER) FROM json_each($4))",street+1,p,0,keys(51,100))
	run("zero delete", "DELETE FROM rollups WHERE area_id IN (select cast(key as integer) from json_each($1)) AND period = $2 and element_id between $3 and $4 and n=0 and na=0",keys(int(street)-2,int(street)),p,51,100)
	// element-major: outer elements from json, inner children
	from4:=` FROM json_each($4) e CROSS JOIN areas c CROSS JOIN facts f WHERE f.area_id = c.id AND f.period = $2 AND f.element_id = CAST(e.key AS INTEGER)`
	run("E element-major",head3+"SELECT "+slim+from4+tail,street,p,"2010-12-31",keys(51,100))
	// outer = distinct keys of existing own cells
	from5:=` FROM facts k CROSS JOIN areas c CROSS JOIN facts f WHERE k.area_id=$6 AND k.period=$2 AND k.element_id BETWEEN $4 AND $5 AND f.area_id = c.id AND f.period = $2 AND f.element_id = k.element_id AND f.sex=k.sex AND f.category=k.category AND f.calibre=k.calibre`
	run("F key-major",head3+"SELECT "+strings.Replace(slim,"f.element_id, f.sex, f.category, f.calibre","k.element_id, k.sex, k.category, k.calibre",1)+from5+tail,street,p,"2010-12-31",51,100,street+1)
}
