using Betar.Ethereum;

namespace Betar.Fuzz.Targets;

/// <summary>RLP, as signed transactions bring it; what is taken is the one way to write it.</summary>
internal sealed class TransactionTarget : IFuzzTarget
{
    public string Name => "transaction";

    public bool Take(byte[] input)
    {
        var taken = Eip1559Transaction.TryDecode(input, out var transaction, out var fault);
        FuzzException.Unless(taken == (transaction is not null) && taken == (fault is null), "both taken and refused, or neither");
        return taken;
    }
}
