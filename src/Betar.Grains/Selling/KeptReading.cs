namespace Betar.Grains.Selling;

/// <summary>
/// Something outside that every request looks at: read at most once in <see cref="Fresh"/>, and waited for only when the last reading
/// is older than <see cref="Stale"/>, so that a seller whom nobody asked for a while knows before it answers.
/// </summary>
/// <param name="read">Null when it could not be read: the old reading stands until it is stale.</param>
internal sealed class KeptReading<T>(Func<Task<T?>> read, TimeProvider time)
    where T : class
{
    /// <summary>How long a reading is good.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>A reading older than this says nothing.</summary>
    public static readonly TimeSpan Stale = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait of one request.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private T? _value;
    private long? _readAt;
    private Task _reading = Task.CompletedTask;

    /// <summary>The last reading, or null when there is none that says anything.</summary>
    public async ValueTask<T?> GetAsync()
    {
        Task reading;
        lock (_gate)
        {
            if (!(Age <= Fresh) && _reading.IsCompleted)
                _reading = RefreshAsync();
            if (Age <= Stale)
                return _value;
            reading = _reading;
        }
        await reading.WaitAsync(Patience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
            return Age <= Stale ? _value : null;
    }

    /// <summary>Reads now, whoever waits or not.</summary>
    public async Task RefreshAsync()
    {
        if (await read() is not { } value)
            return;
        lock (_gate)
        {
            _value = value;
            _readAt = time.GetTimestamp();
        }
    }

    private TimeSpan? Age => _readAt is { } readAt ? time.GetElapsedTime(readAt) : null;
}
