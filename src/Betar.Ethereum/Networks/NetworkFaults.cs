namespace Betar.Ethereum.Networks;

/// <summary>What is wrong with a file: as many faults as help, no more.</summary>
internal sealed class NetworkFaults
{
    internal const int Max = 50;

    readonly List<string> _all = [];

    internal int Count => _all.Count;

    internal bool Any => _all.Count > 0;

    internal IReadOnlyList<string> All => _all;

    internal void Add(string fault)
    {
        if (_all.Count < Max)
            _all.Add(fault);
    }
}
