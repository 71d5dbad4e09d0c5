using Betar.Ethereum;

namespace Betar.Fuzz.Targets;

/// <summary>Transactions with one gas price; what is taken is good on exactly one chain.</summary>
internal sealed class LegacyTransactionTarget : IFuzzTarget
{
    public string Name => "legacy-transaction";

    public bool Take(byte[] input)
    {
        var taken = LegacyTransaction.TryDecode(input, out var transaction, out var fault);
        FuzzException.Unless(taken == (transaction is not null) && taken == (fault is null), "both taken and refused, or neither");
        FuzzException.Unless(!taken || transaction!.Transaction.ChainId > 0, "it is good on every chain");
        return taken;
    }
}
