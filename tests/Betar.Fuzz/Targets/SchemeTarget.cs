using Betar.Ethereum;
using Betar.X402;
using Betar.X402.Networks;
using Betar.X402.Schemes;
using Betar.X402.Schemes.AuthCapture;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Schemes.ExactPermit2;
using Betar.X402.Schemes.Upto;
using Betar.X402.Schemes.Vault;
using Betar.X402.Wire;

namespace Betar.Fuzz.Targets;

/// <summary>What a facilitator is asked: every way to pay reads every call, and what it takes can be judged and settled.</summary>
internal sealed class SchemeTarget : IFuzzTarget
{
    /// <summary>The vault and the time of the corpus.</summary>
    private static readonly Address Vault = Address.Parse("0x5FbDB2315678afecb367f032d93F642f64180aa3");

    private static readonly TimeProvider Time = new CorpusTime();

    private readonly IPaymentScheme[] _schemes =
    [
        new Eip3009Scheme(new Eip3009Options(), Time),
        new ExactPermit2Scheme(new ExactPermit2Options(), Time),
        new UptoScheme(new UptoOptions { Facilitators = [Vault] }, Time),
        new BatchScheme(new BatchOptions { Book = new MemoryChannelBook(Time) }, Time),
        new AuthCaptureScheme(new AuthCaptureOptions(), Time),
        new VaultScheme(new VaultOptions { Vaults = [new VaultDeployment(PaymentAsset.BaseSepoliaUsdc, Vault)] }, Time),
    ];

    public string Name => "x402-schemes";

    public long MemoryBound(int length) => (4 * 1024 * 1024) + (2048L * length);

    public bool Take(byte[] input)
    {
        if (WireCodec.ParseCall(input).Value is not { } call)
        {
            return false;
        }

        var taken = false;
        foreach (var scheme in _schemes)
        {
            if (scheme.Read(call, out var payment).IsAccepted)
            {
                FuzzException.Unless(scheme.Takes(call.Payment), "a payment is read that is not the scheme's");
                FuzzException.Unless(payment!.Key.From == payment.Payer, "a payment is known by another payer's name");
                var isFresh = scheme.CheckFresh(payment, SchemeStep.Verify).IsAccepted;
                FuzzException.Unless(!isFresh || scheme.ToSettlement(payment) is not null || !payment.Amount.IsZero, "nothing would be settled for a payment");
                taken |= scheme.CheckSignature(payment).IsAccepted || isFresh;
            }
        }

        return taken;
    }

    private sealed class CorpusTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(1790000000);
    }
}
