using Betar.Ethereum.Networks;

namespace Betar.Fuzz.Targets;

/// <summary>An operator's networks.json; what is taken keeps the networks that come with the program on their chains.</summary>
internal sealed class NetworksFileTarget : IFuzzTarget
{
    public string Name => "networks-file";

    public long MemoryBound(int length) => (512 * 1024) + (256L * length);

    public bool Take(byte[] input)
    {
        var taken = NetworkCatalog.TryRead(input, out var catalog, out var faults);
        FuzzException.Unless(taken == (catalog is not null) && taken == (faults.Count == 0), "both taken and refused, or neither");
        if (!taken)
            return false;
        foreach (var known in NetworkCatalog.BuiltIn.Networks)
            FuzzException.Unless(catalog!.TryFind(known.Name, out var found) && found.ChainId == known.ChainId, $"{known.Name} is another chain");
        return true;
    }
}
