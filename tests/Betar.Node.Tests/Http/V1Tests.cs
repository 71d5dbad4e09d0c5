using System.Text.Json;
using Betar.Node.Control;
using Betar.Node.Http;

namespace Betar.Node.Tests.Http;

public sealed class V1Tests
{
    [Theory]
    [InlineData("GET", "/v1/node", "node.status", "{}")]
    [InlineData("GET", "/v1/overview", "node.overview", "{}")]
    [InlineData("GET", "/v1/peers", "p2p.peers", "{}")]
    [InlineData("GET", "/v1/market?q=sum&tags=a&tags=b&alive=true&limit=7", "market.search", """{"text":"sum","tags":["a","b"],"alive":true,"limit":7}""")]
    [InlineData("GET", "/v1/market/p%2Fd", "market.show", """{"id":"p/d"}""")]
    [InlineData("GET", "/v1/orders?owed=true", "orders.list", """{"owed":true,"limit":51}""")]
    [InlineData("GET", "/v1/orders/k%2F1", "orders.show", """{"payment":"k/1"}""")]
    [InlineData("GET", "/v1/workflows?limit=7", "workflows.list", """{"limit":8}""")]
    [InlineData("GET", "/v1/purchases/p", "purchases.show", """{"id":"p"}""")]
    [InlineData("POST", "/v1/orders/k/refund", "refunds.retry", """{"payment":"k"}""")]
    [InlineData("DELETE", "/v1/workflows/w", "workflows.cancel", """{"id":"w"}""")]
    [InlineData("DELETE", "/v1/conversations/a/c", "conversations.forget", """{"agentId":"a","caller":"c"}""")]
    [InlineData("GET", "/v1/sessions/a/c", "sessions.show", """{"agentId":"a","callerId":"c"}""")]
    public async Task A_route_is_an_operation_of_the_node(string method, string path, string operation, string arguments)
    {
        await using ApiWorld world = await ApiWorld.StartAsync((operation, """{"a":1}"""));
        world.Use(ApiRole.Spend);
        using HttpResponseMessage response = await world.SendAsync(new HttpMethod(method), path);

        Assert.Equal("""{"a":1}""", await response.Content.ReadAsStringAsync());
        Assert.Equal([(operation, arguments)], world.Calls);
    }

    [Fact]
    public async Task A_purchase_takes_its_fields_from_the_body_and_no_others()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(("agents.execute", "{}"));
        world.Use(ApiRole.Spend);
        await world.PostAsync("/v1/purchases", """{"AGENTID":"x","task":"y","max":"0.5","caller":"somebody else","purchaseId":null}""");

        Assert.Equal([("agents.execute", """{"agentId":"x","task":"y","max":"0.5"}""")], world.Calls);
    }

    [Theory]
    [InlineData("/v1/purchases", """{"task":"y"}""", "BTR-1049")]
    [InlineData("/v1/purchases", """{"agentId":"x","task":7}""", "BTR-1049")]
    [InlineData("/v1/purchases", """{"agentId":"x","task":"y","acceptUnverified":"yes"}""", "BTR-1049")]
    [InlineData("/v1/mandates", """{"limit":"1","hours":1.5}""", "BTR-1049")]
    [InlineData("/v1/workflows", """{"agentIds":"x"}""", "BTR-1049")]
    [InlineData("/v1/agents", """{"name":"x","executor":"echo"}""", "BTR-1049")]
    public async Task A_body_of_another_shape_is_a_problem_with_its_code(string path, string body, string code)
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        world.Use(ApiRole.Spend);
        using HttpResponseMessage response = await world.SendAsync(HttpMethod.Post, path, body);
        using JsonDocument problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal((400, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal((code, 400, $"urn:betar:error:{code}"),
            (problem.RootElement.GetProperty("code").GetString(), problem.RootElement.GetProperty("status").GetInt32(), problem.RootElement.GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData("/v1/market?alive=maybe", "BTR-1003")]
    [InlineData("/v1/market?limit=-1", "BTR-1003")]
    [InlineData("/v1/peers?limit=0", "BTR-1003")]
    [InlineData("/v1/peers?limit=501", "BTR-1003")]
    [InlineData("/v1/peers?cursor=nothing", "BTR-1050")]
    [InlineData("/v1/peers?cursor=%00", "BTR-1050")]
    [InlineData("/v1/nowhere", "BTR-1047")]
    [InlineData("/v1/node/x", "BTR-1047")]
    [InlineData("/v1/rpc/node.status", "BTR-1048")]
    public async Task What_cannot_be_asked_is_a_problem_with_its_code(string path, string code)
    {
        await using ApiWorld world = await ApiWorld.StartAsync(("p2p.peers", """[{"peerId":"a"}]"""), ("market.search", "[]"));
        (int status, string body) = await world.GetAsync(path);

        Assert.InRange(status, 400, 405);
        Assert.Contains($"\"code\":\"{code}\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_follow_one_another_and_what_is_added_in_front_moves_nothing()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        List<string> ids = ["a", "b", "c", "d", "e"];
        world.Handle("agents.list", _ => ControlAnswer.Json(writer => writer.WriteRawValue("[" + string.Join(',', ids.Select(id => $"{{\"id\":\"{id}\"}}")) + "]")));
        List<string> seen = [];
        string? cursor = null;
        do
        {
            using JsonDocument page = JsonDocument.Parse((await world.GetAsync("/v1/agents?limit=2" + (cursor is null ? "" : "&cursor=" + cursor))).Body);
            seen.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            cursor = page.RootElement.GetProperty("next").GetString();
            ids.Insert(0, "new" + ids.Count);
        }
        while (cursor is not null);

        Assert.Equal(["a", "b", "c", "d", "e"], seen);
    }

    [Theory]
    [InlineData("/v1/sessions/a", "sessions.list", "callerId", "after", 1_000)]
    [InlineData("/v1/workflows", "workflows.list", "id", "before", 700)]
    [InlineData("/v1/orders", "orders.list", "cursor", "after", 2_500)]
    public async Task A_list_that_its_operation_gives_in_parts_is_read_to_its_end(string path, string operation, string key, string after, int count)
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        world.Handle(operation, arguments =>
        {
            int from = arguments.TryGetProperty(after, out JsonElement last) ? int.Parse(last.ToString(), System.Globalization.CultureInfo.InvariantCulture) : 0;
            int limit = arguments.GetProperty("limit").GetInt32();
            Assert.InRange(limit, 1, operation == "workflows.list" ? 200 : 501);
            return ControlAnswer.Json(writer => writer.WriteRawValue("[" + string.Join(',', Enumerable.Range(from + 1, Math.Min(limit, count - from)).Select(number => $"{{\"{key}\":{(key == "cursor" ? $"{number}" : $"\"{number}\"")}}}")) + "]"));
        });
        List<string> seen = [];
        string? cursor = null;
        do
        {
            using JsonDocument page = JsonDocument.Parse((await world.GetAsync($"{path}?limit=500{(cursor is null ? "" : "&cursor=" + cursor)}")).Body);
            seen.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(key).ToString()));
            cursor = page.RootElement.GetProperty("next").GetString();
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(1, count).Select(number => $"{number}"), seen);
    }

    [Fact]
    public async Task What_is_owed_beside_the_ledger_stands_on_the_first_page_of_orders()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(("orders.list", """[{"cursor":9,"payment":"a"},{"cursor":8,"payment":"b"},{"payment":"owed"}]"""));
        using JsonDocument page = JsonDocument.Parse((await world.GetAsync("/v1/orders?limit=1")).Body);

        Assert.Equal(["a", "owed"], page.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("payment").GetString()));
        Assert.Equal(400, (await world.GetAsync("/v1/orders?cursor=bm90LWEtbnVtYmVy")).Status);
    }

    [Theory]
    [InlineData("orders.list", ApiRole.Read)]
    [InlineData("market.quote", ApiRole.Read)]
    [InlineData("wallet", ApiRole.Read)]
    [InlineData("workflows.cancel", ApiRole.Operate)]
    [InlineData("agents.register", ApiRole.Operate)]
    [InlineData("agents.execute", ApiRole.Spend)]
    [InlineData("mandates.grant", ApiRole.Spend)]
    [InlineData("something.new", ApiRole.Spend)]
    public async Task An_operation_by_its_name_needs_its_own_role(string operation, object needed)
    {
        await using ApiWorld world = await ApiWorld.StartAsync((operation, "{}"));
        Assert.Equal((ApiRole)needed == ApiRole.Read ? 200 : 401, (await world.PostAsync("/v1/rpc/" + operation, "{}")).Status);
        foreach (ApiRole role in Enum.GetValues<ApiRole>())
        {
            world.Use(role);
            Assert.Equal(role >= (ApiRole)needed ? 200 : 403, (await world.PostAsync("/v1/rpc/" + operation, "{}")).Status);
        }
    }

    [Fact]
    public async Task An_operation_that_is_not_there_is_not_found()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        world.Use(ApiRole.Spend);

        Assert.Equal(404, (await world.PostAsync("/v1/rpc/nothing.list", "{}")).Status);
    }

    [Theory]
    [InlineData("BTR-4001", 404)]
    [InlineData("BTR-4008", 404)]
    [InlineData("BTR-2005", 507)]
    [InlineData("BTR-1003", 400)]
    [InlineData("BTR-9999", 500)]
    public async Task A_refusal_keeps_its_code_and_has_its_status(string code, int status)
    {
        await using ApiWorld world = await ApiWorld.StartAsync(("node.status", $"!{code} not so"));

        Assert.Equal(status, (await world.GetAsync("/v1/node")).Status);
    }
}
