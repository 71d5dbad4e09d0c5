using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Betar.Ethereum;
using Betar.X402.Schemes;
using Betar.X402.Schemes.AuthCapture;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Schemes.ExactPermit2;
using Betar.X402.Schemes.Upto;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.Interop.Tests.X402;

/// <summary>What the official client signs for each scheme, our side of that scheme takes, up to what only the chain knows.</summary>
[Collection(OfficialCollection.Name)]
public sealed class SchemeTests(OfficialFixture official)
{
    private static readonly TimeProvider Time = TimeProvider.System;

    private static readonly IPaymentScheme[] Ours =
    [
        new Eip3009Scheme(new Eip3009Options(), Time),
        new ExactPermit2Scheme(new ExactPermit2Options(), Time),
        new UptoScheme(new UptoOptions { Facilitators = [Address.Parse(Vectors.Other)] }, Time),
        new BatchScheme(new BatchOptions { Book = new MemoryChannelBook(Time) }, Time),
        new AuthCaptureScheme(new AuthCaptureOptions(), Time),
    ];

    [Theory]
    [InlineData("exact", "{}")]
    [InlineData("exact", """{"assetTransferMethod":"permit2"}""")]
    [InlineData("upto", """{"facilitatorAddress":"0xF7aFF50cD0067cDe65A34F101Dd72db11414ca70"}""")]
    [InlineData("batch-settlement", """{"receiverAuthorizer":"0xF7aFF50cD0067cDe65A34F101Dd72db11414ca70","withdrawDelay":900}""")]
    [InlineData("auth-capture", """{"captureAuthorizer":"0xF7aFF50cD0067cDe65A34F101Dd72db11414ca70","captureDeadline":1990000000,"refundDeadline":1990000001,"feeRecipient":"0x0000000000000000000000000000000000000000","minFeeBps":0,"maxFeeBps":100}""")]
    [InlineData("auth-capture", """{"captureAuthorizer":"0xF7aFF50cD0067cDe65A34F101Dd72db11414ca70","captureDeadline":1990000000,"refundDeadline":1990000001,"feeRecipient":"0x0000000000000000000000000000000000000000","minFeeBps":0,"maxFeeBps":100,"receiverAuthorizer":"0x2eD99C696a0992747886C1a29BD81e4d055c2A57"}""")]
    public async Task The_official_clients_signature_is_taken(string scheme, string extra)
    {
        var stated = JsonNode.Parse(extra)!.AsObject();
        stated["name"] = "USDC";
        stated["version"] = "2";
        var offer = new Requirement
        {
            Scheme = scheme, Network = "eip155:84532", Amount = "1000", Asset = "0x036CbD53842c5426634e7929541eC2318f3dCF7e", PayTo = Vectors.Seller,
            MaxTimeoutSeconds = 60, Extra = JsonDocument.Parse(stated.ToJsonString()).RootElement,
        };
        var demand = new PaymentDemand { Resource = new ResourceInfo { Url = "https://alice.example/a2a", Description = "d", MimeType = "text/plain" }, Accepts = [offer] };

        var signed = await official.AskAsync("sign", new
        {
            demand = JsonNode.Parse(WireCodec.Write(demand)), key = "0xd859d1687915ecd21dcbbb541447fb4acde5a464da6a831fcd99d0d5a6a581f7",
        });

        var payment = WireCodec.ParsePayment(Encoding.UTF8.GetBytes(signed["payment"]!.ToJsonString())).Value!;
        var call = new FacilitatorCall { Payment = payment, Requirement = offer };
        var ours = new SchemeSet(Ours).Find(call, out _)!;
        Assert.True(offer.IsEchoedBy(payment.Accepted!));
        Assert.Null(ours.Read(call, out var read).Reason);
        Assert.Null(ours.CheckFresh(read!, SchemeStep.Verify).Reason);
        Assert.Null(ours.CheckSignature(read!).Reason);
        Assert.Equal(Vectors.Payer, read!.Payer.ToString());
    }
}
