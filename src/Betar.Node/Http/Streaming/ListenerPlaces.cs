using Betar.Node.Errors;

namespace Betar.Node.Http.Streaming;

/// <summary>So many may listen at once.</summary>
internal sealed class ListenerPlaces(int most)
{
    private int _taken;

    /// <summary>Null: a place was taken, and has to be left.</summary>
    public CliRefusal? Take()
    {
        if (Interlocked.Increment(ref _taken) > most)
        {
            Interlocked.Decrement(ref _taken);
            return ErrorCatalog.TooManyListeners.Refuse($"{most} listen already");
        }

        HttpInstruments.OnListening(1);
        return null;
    }

    public void Leave()
    {
        Interlocked.Decrement(ref _taken);
        HttpInstruments.OnListening(-1);
    }
}
