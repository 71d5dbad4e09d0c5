using Betar.Ethereum;

namespace Betar.Fuzz.Targets;

/// <summary>Values of the contract ABI; the first byte says of which types. What is taken is written in one way, and reads the same.</summary>
internal sealed class AbiTarget : IFuzzTarget
{
    private static readonly AbiType[][] Types =
    [
        [AbiType.Parse("uint256"), AbiType.Parse("string")],
        [AbiType.Parse("bytes[]"), AbiType.Parse("bool")],
        [AbiType.Parse("(address,bytes32,string)[]")],
        [AbiType.Parse("uint8[3][]"), AbiType.Parse("int64")],
        [AbiType.Parse("string[][]")],
        [AbiType.Parse("(uint256,(bytes,bool)[2])"), AbiType.Parse("bytes4")],
    ];

    public string Name => "abi";

    /// <summary>Offsets may lead many values to the same bytes, which is bounded by itself and not by the input.</summary>
    public long MemoryBound(int length) => 64L * 1024 * 1024;

    public bool Take(byte[] input)
    {
        if (input.Length == 0)
            return false;
        var types = Types[input[0] % Types.Length];
        if (!AbiDecoder.TryDecode(types, input.AsSpan(1), out var values))
            return false;
        var written = AbiEncoder.Encode(types, values);
        FuzzException.Unless(AbiDecoder.TryDecode(types, written, out var again), "what we write is refused");
        FuzzException.Unless(AbiEncoder.Encode(types, again!).SequenceEqual(written), "it does not come back");
        return true;
    }
}
