using System.Text;
using Betar.Ethereum;
using Betar.X402;
using Betar.X402.Extensions.OfferReceipt;
using Betar.X402.Extensions.SignInWithX;
using Betar.X402.Wire;

namespace Betar.Fuzz.Targets;

/// <summary>Extensions of demands and answers, and signed-in messages: as JSON, as a header, as the text that is signed.</summary>
internal sealed class ExtensionTarget : IFuzzTarget
{
    private static readonly Uri Server = new("https://alice.example/a2a");

    public string Name => "x402-extensions";

    public long MemoryBound(int length) => (4 * 1024 * 1024) + (2048L * length);

    public bool Take(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var isMessage = SignInMessage.TryParse(text, out var message);
        FuzzException.Unless(!isMessage || message!.ToText() == text, "a message has two texts");
        var header = SignInPayload.ParseHeader(Convert.ToBase64String(input)).Value;
        FuzzException.Unless(header is null || SignInPayload.ParseHeader(header.ToHeader()).IsOk, "what was read cannot be read again once it is written");
        var demand = WireCodec.ParseDemand(input).Value;
        var settled = WireCodec.ParseSettled(input).Value;
        var isAsked = demand is not null && SignInExtension.Read(demand.Extensions, Server, Address.Zero, NetworkId.BaseSepolia) is not null;
        var isSigned = demand is { Accepts.Count: > 0 } && OfferReceiptChecks.CheckOffer(demand, 0, Address.Zero, DateTimeOffset.UnixEpoch) != OfferReceiptFault.Missing;
        var isReceipted = settled is not null
            && OfferReceiptChecks.CheckReceipt(settled, Server.AbsoluteUri, Address.Zero, NetworkId.BaseSepolia, Address.Zero, DateTimeOffset.UnixEpoch) != OfferReceiptFault.Missing;
        return isMessage | header is not null | isAsked | isSigned | isReceipted;
    }
}
