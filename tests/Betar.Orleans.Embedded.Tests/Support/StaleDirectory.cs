using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests;

/// <summary>A directory whose answers are out of date as often as it is told to.</summary>
internal sealed class StaleDirectory(ISiloDirectory directory) : ISiloDirectory
{
    private GrainAddress? _stale;
    private int _left;

    public void Answer(GrainAddress stale, int times) => (_stale, _left) = (stale, times);

    public ValueTask<GrainAddress?> LookupAsync(GrainId grain)
    {
        if (_left == 0 || _stale!.GrainId != grain)
            return directory.LookupAsync(grain);
        _left--;
        return new(_stale);
    }

    public ValueTask<GrainAddress?> RegisterAsync(GrainAddress address) => directory.RegisterAsync(address);

    public ValueTask UnregisterAsync(GrainAddress address) => directory.UnregisterAsync(address);
}
