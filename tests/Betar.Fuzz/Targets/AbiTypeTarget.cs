using System.Text;
using Betar.Ethereum;

namespace Betar.Fuzz.Targets;

/// <summary>Names of types of the contract ABI.</summary>
internal sealed class AbiTypeTarget : IFuzzTarget
{
    public string Name => "abi-type";

    public long MemoryBound(int length) => (64 * 1024) + (1024L * length);

    public bool Take(byte[] input)
    {
        if (!AbiType.TryParse(Encoding.Latin1.GetString(input), out var type))
            return false;
        FuzzException.Unless(AbiType.TryParse(type.Name, out var again) && again.Name == type.Name, $"{type.Name} does not come back");
        return true;
    }
}
