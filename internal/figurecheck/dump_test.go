package figurecheck
import ("testing";"os";"encoding/json";"fmt")
func TestDump(t *testing.T){
	b,_:=os.ReadFile(os.Getenv("F"))
	for _,f:=range Find(string(b)){ j,_:=json.Marshal(f); fmt.Println(string(j)) }
}
