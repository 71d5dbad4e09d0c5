using System.Net;

namespace Betar.Ethereum;

/// <summary>A node that has had enough says how long it wants to be left alone. Until then nothing is sent to it.</summary>
internal sealed class RpcPause(JsonRpcOptions options, TimeProvider time)
{
    long _until;

    /// <summary>What is left of the pause; zero when there is none.</summary>
    internal TimeSpan Left
    {
        get
        {
            var ticks = Volatile.Read(ref _until) - time.GetUtcNow().UtcTicks;
            return ticks > 0 ? TimeSpan.FromTicks(ticks) : TimeSpan.Zero;
        }
    }

    /// <summary>Heeds "too many requests", and any refusal that names a time.</summary>
    internal void Heed(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter;
        if (response.StatusCode != HttpStatusCode.TooManyRequests && (asked is null || response.IsSuccessStatusCode))
            return;
        var now = time.GetUtcNow();
        var pause = asked?.Delta ?? asked?.Date - now ?? options.RateLimitPause;
        Volatile.Write(ref _until, (now + Between(pause)).UtcTicks);
    }

    // A date that has passed already is no reason to try at once.
    TimeSpan Between(TimeSpan pause) =>
        pause < options.RateLimitPause ? options.RateLimitPause : pause > options.MaxRetryAfter ? options.MaxRetryAfter : pause;
}
