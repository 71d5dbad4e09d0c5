using System.Text;
using System.Text.Json;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Wire;

/// <summary>The published headers, read and written back to the byte.</summary>
public class HeaderVectorTests
{
    [Fact]
    public void The_demand_of_version_2()
    {
        var demand = WireCodec.ParseDemandHeader(Vectors.RequiredHeader).Value!;

        Assert.Equal((2, "Payment required", "https://alice.example/a2a"), (demand.Version, demand.Error, demand.Resource.Url));
        var accepted = Assert.Single(demand.Accepts);
        Assert.Equal(("exact", "eip155:84532", "50000", 300L), (accepted.Scheme, accepted.Network, accepted.Amount, accepted.MaxTimeoutSeconds));
        Assert.Equal((Golden.Usdc, Vectors.Seller), (accepted.Asset, accepted.PayTo));
        Assert.Equal(("USDC", "2"), (accepted.ExtraText("name"), accepted.ExtraText("version")));
        Assert.Equal(Vectors.RequiredHeader, PaymentHeaders.Encode(WireCodec.Write(demand)));
    }

    [Fact]
    public void The_payment_of_version_2()
    {
        var payment = WireCodec.ParsePaymentHeader(Vectors.SignatureHeader).Value!;

        Assert.Equal((2, "exact", "eip155:84532"), (payment.Version, payment.Scheme, payment.Network));
        Assert.Equal(Vectors.Nonce, payment.Payload.GetProperty("authorization").GetProperty("nonce").GetString());
        Assert.Equal(Vectors.SignatureHeader, PaymentHeaders.Encode(WireCodec.Write(payment)));
    }

    [Fact]
    public void The_payment_of_version_1()
    {
        var payment = WireCodec.ParsePaymentHeader(Vectors.V1Header).Value!;

        Assert.Equal((1, "exact", "eip155:84532", null), (payment.Version, payment.Scheme, payment.Network, payment.Accepted));
        Assert.Equal(Vectors.V1Header, PaymentHeaders.Encode(WireCodec.Write(payment)));
    }

    [Fact]
    public void The_response()
    {
        var response = WireCodec.ParseSettledHeader(Vectors.ResponseHeader).Value!;

        Assert.True(response.Success);
        Assert.Equal((Vectors.Payer, "eip155:84532"), (response.Payer, response.Network));
        Assert.Equal(Vectors.ResponseHeader, PaymentHeaders.Encode(WireCodec.Write(response)));
    }

    [Fact]
    public void The_response_of_version_1_names_its_network()
    {
        var response = WireCodec.ParseSettledHeader(Vectors.ResponseHeader).Value!;

        var written = WireCodec.Write(response, WireVersions.First);

        Assert.Equal("base-sepolia", JsonDocument.Parse(written).RootElement.GetProperty("network").GetString());
        Assert.Equal("eip155:84532", WireCodec.ParseSettled(written).Value!.Network);
    }

    [Fact]
    public void The_body_for_three_kinds_of_buyers_is_a_demand_of_version_1()
    {
        var demand = WireCodec.ParseDemand(Encoding.UTF8.GetBytes(Vectors.TripleForm)).Value!;

        var accepted = Assert.Single(demand.Accepts);
        Assert.Equal((1, "50000", "eip155:84532"), (demand.Version, accepted.Amount, accepted.Network));
        Assert.Equal(("https://alice.example/a2a", "Summarize Webpage"), (demand.Resource.Url, demand.Resource.Description));
        var requirements = Encoding.UTF8.GetString(WireCodec.Write(demand));
        Assert.Contains("\"network\":\"base-sepolia\",\"maxAmountRequired\":\"50000\",\"resource\":\"https://alice.example/a2a\"", requirements, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("base", 8453)]
    [InlineData("base-sepolia", 84532)]
    [InlineData("ethereum", 1)]
    [InlineData("sepolia", 11155111)]
    [InlineData("avalanche", 43114)]
    [InlineData("avalanche-fuji", 43113)]
    [InlineData("polygon", 137)]
    [InlineData("polygon-amoy", 80002)]
    public void Version_1_names_chains(string name, ulong id)
    {
        Assert.Equal(new NetworkId(id).ToString(), V1Networks.ToCaip2(name));
        Assert.Equal(name, V1Networks.FromCaip2(new NetworkId(id).ToString()));
        Assert.True(V1Networks.Has(new NetworkId(id)));
    }

    [Fact]
    public void A_name_that_nobody_knows_stays_as_it_is()
    {
        Assert.Equal("solana", V1Networks.ToCaip2("solana"));
        Assert.Equal("eip155:31337", V1Networks.FromCaip2("eip155:31337"));
        Assert.False(V1Networks.Has(new NetworkId(31337)));
    }

    [Fact]
    public void A_payment_is_never_printed() =>
        Assert.DoesNotContain(Vectors.Signature[2..20], WireCodec.ParsePaymentHeader(Vectors.SignatureHeader).Value!.ToString(), StringComparison.Ordinal);
}
