using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Betar.Cluster.Tests.Support;

/// <summary>Makes the next write of a state fail before it reaches the store, on whichever silo.</summary>
internal sealed class StorageSwitch
{
    private string? _failing;

    public void FailNextWrite(string stateName) => Volatile.Write(ref _failing, stateName);

    public IGrainStorage Over(IGrainStorage inner) => new Storage(this, inner);

    private sealed class Storage(StorageSwitch owner, IGrainStorage inner) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            inner.ReadStateAsync(stateName, grainId, grainState);

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            if (Volatile.Read(ref owner._failing) != stateName)
                return inner.WriteStateAsync(stateName, grainId, grainState);
            Volatile.Write(ref owner._failing, null);
            throw new IOException("The store does not write.");
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            inner.ClearStateAsync(stateName, grainId, grainState);
    }
}
