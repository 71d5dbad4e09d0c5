using Orleans;
using Orleans.Runtime;

namespace Betar.Benchmarks.Grains;

internal sealed class WriterGrain([PersistentState("counter", StateSetup.Provider)] IPersistentState<WriterState> state) : Grain, IWriterGrain
{
    public async Task<long> WriteUntilClosed()
    {
        long writes = 0;
        while (CallWindow.IsOpen)
        {
            state.State.Count++;
            await state.WriteStateAsync();
            writes++;
        }

        return writes;
    }
}
