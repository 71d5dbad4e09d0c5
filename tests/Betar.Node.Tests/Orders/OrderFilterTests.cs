using System.Text.Json;
using Betar.Grains.Abstractions.Agents;
using Betar.Node.Errors;
using Betar.Node.Orders;
using Betar.Storage.Ledger;

namespace Betar.Node.Tests.Orders;

public sealed class OrderFilterTests
{
    [Fact]
    public void Everything_can_be_named_and_nothing_must_be()
    {
        OrderQuery query = Of("""{"state":"refunded","agentId":"12D3Koo/did:a","payer":"0x2c7536E3605D9C16a7a3D7b1898e529396a65c23","since":"2026-01-31","until":"2026-02-01T12:30:00+02:00","limit":7,"after":9}""").Value;
        Assert.Equal((LedgerKind.Refunded, "did:a", 7, 9L), (query.State, query.AgentId, query.Limit, query.After));
        Assert.Equal("0x2c7536e3605d9c16a7a3d7b1898e529396a65c23", query.Payer!.Value.ToLowerHex());
        Assert.Equal((new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 2, 1, 10, 30, 0, TimeSpan.Zero)), (query.Since, query.Until));
        Assert.Equal(new OrderQuery { Limit = OrderQuery.MostOrders }, Of("{}").Value);
        Assert.Equal(Of("{}").Value, Of("""{"state":null,"agentId":null,"payer":null,"since":null,"until":null,"limit":null,"after":null}""").Value);
    }

    [Theory]
    [InlineData("named", "did:key:named")]
    [InlineData("did:key:named", "did:key:named")]
    [InlineData("12D3Koo/did:key:named", "did:key:named")]
    [InlineData("gone", "gone")]
    [InlineData("did:key:gone", "did:key:gone")]
    public void An_agent_is_called_by_its_id_or_its_name_and_one_that_is_gone_by_its_id(string called, string id) =>
        Assert.Equal(id, Of($$"""{"agentId":"{{called}}"}""").Value.AgentId);

    [Theory]
    [InlineData("""{"state":"lost"}""")]
    [InlineData("""{"state":"1"}""")]
    [InlineData("""{"state":"Reserved,Settled"}""")]
    [InlineData("""{"payer":"0x12"}""")]
    [InlineData("""{"since":"yesterday"}""")]
    [InlineData("""{"until":"31.1.2026"}""")]
    public void What_cannot_be_read_is_refused(string arguments) => Assert.Equal(ErrorCatalog.BadOptionValue, Of(arguments).Refusal?.Error);

    [Theory]
    [InlineData("""{"limit":0}""")]
    [InlineData("""{"limit":1001}""")]
    [InlineData("""{"limit":1.5}""")]
    [InlineData("""{"after":-1}""")]
    [InlineData("""{"after":"1"}""")]
    public void A_number_out_of_its_bounds_is_refused(string arguments) =>
        Assert.Equal(ErrorCatalog.BadOptionValue, Assert.Throws<CliRefusedException>(() => Of(arguments)).Refusal.Error);

    private static Checked<OrderQuery> Of(string arguments)
    {
        using JsonDocument document = JsonDocument.Parse(arguments);
        return OrderFilter.Of(document.RootElement, [new AgentSpec { AgentId = "did:key:named", Name = "named", PriceAtomic = "1", PayTo = "", ExecutorKind = "builtin", ExecutorTarget = "echo" }]);
    }
}
