package main

// Layers of the sample: where its communities and people are and where they live, from tables/points.csv and plots.csv.
// They lie around the facilities of records/, so that some are covered and some are not.

import (
	"fmt"
	"strings"
)

func (c *city) writeLayers(w *writer) {
	names := map[string]string{}
	for _, s := range c.streets {
		for i, part := range communityParts {
			names[communityCode(s, i)] = stem(s) + part[0] + "社区"
		}
	}
	var communities, people, plots []string
	for _, p := range c.points {
		at := fmt.Sprintf(`{"type":"Point","coordinates":[%s,%s]}`, p["lon"], p["lat"])
		name := names[p["area"]]
		if p["point"] == "" {
			communities = append(communities, feature(fmt.Sprintf(`"name":%q,"area":%q`, name, p["area"]), at))
			continue
		}
		people = append(people, feature(fmt.Sprintf(`"name":%q,"area":%q,"persons":%s`,
			name+"·人口点"+p["point"], p["area"], p["persons"]), at))
	}
	for _, d := range districts {
		names[d.code] = d.short
	}
	for _, p := range c.plots {
		west, south, east, north := p["west"], p["south"], p["east"], p["north"]
		plots = append(plots, feature(fmt.Sprintf(`"name":%q,"area":%q`, names[p["district"]]+"居住地块"+p["plot"],
			p["district"]), fmt.Sprintf(`{"type":"Polygon","coordinates":[[[%[1]s,%[2]s],[%[3]s,%[2]s],[%[3]s,%[4]s],`+
			`[%[1]s,%[4]s],[%[1]s,%[2]s]]]}`, west, south, east, north)))
	}
	w.layer("communities", "社区（村）点（模拟）", communities)
	w.layer("population", "人口点（模拟）", people)
	w.layer("residential", "居住用地（模拟）", plots)
}

func feature(properties, geometry string) string {
	return `{"type":"Feature","properties":{` + properties + `},"geometry":` + geometry + `}`
}

func (w *writer) layer(kind, name string, features []string) {
	head := fmt.Sprintf(`{"kind": %q, "area": %q, "name": %q, "source": "示范市模拟数据", "valid_on": "2023-01-01"}`, kind,
		cityCode, name)
	w.text("layers/"+kind+".geojson", `{"type":"FeatureCollection","coordinate_system":"CGCS2000",`+"\n"+
		`"layer":`+head+",\n"+`"features":[`+"\n"+strings.Join(features, ",\n")+"\n]}\n")
}
