using System.Net;
using System.Text;
using System.Text.Json;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Abstractions.Results;
using Betar.Node.Composition;
using Betar.Node.Configuration;
using Betar.Node.Errors;

namespace Betar.Node.Tests.Composition;

/// <summary>The joints between the rooms.</summary>
public sealed class SmallPartsTests
{
    private static readonly Address s_payee = Address.Parse("0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1");
    private static readonly Address s_other = Address.Parse("0x2c7536E3605D9C16a7a3D7b1898e529396a65c23");

    [Theory]
    [InlineData("{\"name\":\"x\"}", true)]
    [InlineData("{\"name\":\"\"}", true)]
    [InlineData("{}", false)]
    [InlineData("{\"name\":1}", false)]
    [InlineData("{\"name\":null}", false)]
    public void A_control_requests_text_is_there_or_a_refusal(string json, bool there)
    {
        using JsonDocument arguments = JsonDocument.Parse(json);
        if (there)
            Assert.NotNull(ControlArguments.Text(arguments.RootElement, "name"));
        else
            Assert.Equal("BTR-1000", Assert.Throws<CliRefusedException>(() => ControlArguments.Text(arguments.RootElement, "name")).Refusal.Error.Code);
    }

    [Fact]
    public void Every_code_of_a_grain_keeps_its_code_on_the_terminal()
    {
        foreach (var constant in typeof(RefusalCodes).GetFields())
        {
            string code = (string)constant.GetRawConstantValue()!;
            CliRefusal refusal = Refusals.Of(new Refusal { Code = code, Message = "Why." });
            Assert.Equal((code, "Why."), (refusal.Error.Code, refusal.Detail));
        }
    }

    [Fact]
    public void A_code_of_nobody_is_a_fault_of_ours() =>
        Assert.Equal("BTR-2099", Refusals.Of(new Refusal { Code = "BTR-0000", Message = "Why." }).Error.Code);

    [Fact]
    public void A_declared_agent_is_sold_as_declared_and_paid_to_the_node_unless_it_says_otherwise()
    {
        var declaration = new AgentDeclaration
        {
            Name = "echo", Description = "says it again", Price = 1_000, Executor = new ExecutorDeclaration("builtin", "echo"), MayRetry = false, Retries = 2,
        };

        AgentSpec own = AgentSpecs.Of(declaration, "did:1", s_payee.ToString()), others = AgentSpecs.Of(declaration with { PayTo = s_other }, "did:1", s_payee.ToString());

        Assert.Equal(
            ("did:1", "echo", "says it again", "1000", s_payee.ToString(), "builtin", "echo", false),
            (own.AgentId, own.Name, own.Description, own.PriceAtomic, own.PayTo, own.ExecutorKind, own.ExecutorTarget, own.MayRetry));
        Assert.Equal((s_other.ToString(), 2), (others.PayTo, own.Retries));
    }

    [Fact]
    public void A_purchase_is_printed_with_all_that_a_receipt_needs()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            PurchaseJson.Write(writer, new PurchaseResult
            {
                PurchaseId = "p", Stage = PurchaseStage.Delivered, Output = "4", PaymentKey = "k", Amount = "1000", PayTo = "0xa", TransactionHash = "0xb",
            });

        Assert.Equal(
            """{"output":"4","purchaseId":"p","stage":"Delivered","paymentKey":"k","amount":"1000","payTo":"0xa","transaction":"0xb"}""",
            Encoding.UTF8.GetString(buffer.ToArray()));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"the chain is closing"}}""", "the chain is closing")]
    [InlineData("no json", "")]
    public async Task A_faucet_that_does_not_give_is_a_refusal_with_its_reason(string answer, string reason)
    {
        using var http = new HttpClient(new Saying(answer));

        var refused = await Assert.ThrowsAsync<CliRefusedException>(
            () => new DevnetFaucet(http, new Uri("http://chain.test/")).FundAsync(s_payee, 5, CancellationToken.None));

        Assert.Equal("BTR-5001", refused.Refusal.Error.Code);
        Assert.Contains(reason, refused.Refusal.Detail, StringComparison.Ordinal);
        Assert.Contains(s_payee.ToString(), refused.Refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_faucet_is_asked_for_whole_units_by_decimal_text()
    {
        var chain = new Saying("""{"jsonrpc":"2.0","id":1,"result":{}}""");
        using var http = new HttpClient(chain);

        await new DevnetFaucet(http, new Uri("http://chain.test/")).FundAsync(s_payee, 123_456_789, CancellationToken.None);

        Assert.Contains($"\"devnet_fund\",\"params\":[\"{s_payee}\",\"123456789\"]", chain.Heard, StringComparison.Ordinal);
    }

    private sealed class Saying(string answer) : HttpMessageHandler
    {
        public string Heard { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Heard = await request.Content!.ReadAsStringAsync(cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer, Encoding.UTF8, "application/json") };
        }
    }
}
