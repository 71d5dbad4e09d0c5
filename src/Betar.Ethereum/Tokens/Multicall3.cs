namespace Betar.Ethereum;

/// <summary>The multicall that stands under one address on nearly every chain: many calls in one transaction, each with its own end.</summary>
public static class Multicall3
{
    /// <summary>What the transaction takes beside its calls.</summary>
    public const ulong BaseGas = 30_000;

    private const uint Aggregate3 = 0x82ad56cb;
    private const ulong GasPerCall = 5_000;
    private const ulong GasPerByte = 16;

    /// <summary>Where it stands on public chains.</summary>
    public static Address StandardAddress { get; } = Address.Parse("0xcA11bde05977b3631167028862bE2a173976CA11");

    /// <summary>One call's share of the gas.</summary>
    public static ulong GasOf(ContractCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return checked(call.GasLimit + GasPerCall + GasPerByte * (ulong)call.Data.Length);
    }

    /// <summary>All of them in one transaction; one that fails undoes itself and nothing else. For each of them the multicall is the sender.</summary>
    public static ContractCall Together(Address multicall, IReadOnlyCollection<ContractCall> calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        var writer = AbiWriter.Call(Aggregate3, 2 + calls.Count).Add((ulong)AbiWriter.WordSize).Add((ulong)calls.Count);
        var tuples = new List<byte[]>(calls.Count);
        var (offset, gas) = ((ulong)(calls.Count * AbiWriter.WordSize), BaseGas);
        foreach (var call in calls)
        {
            var tuple = AbiWriter.Result(3).Add(call.To).Add(1UL).AddBytes(call.Data.Span).ToArray();
            tuples.Add(tuple);
            writer.Add(offset);
            offset += (ulong)tuple.Length;
            gas = checked(gas + GasOf(call));
        }

        return new ContractCall(multicall, (byte[])[.. writer.ToArray(), .. tuples.SelectMany(tuple => tuple)], gas);
    }
}
