using Orleans.Serialization.Serializers;

namespace Orleans.Serialization.Cloning;

/// <summary>Keeps copy contexts for reuse.</summary>
public sealed class CopyContextPool(CodecProvider codecProvider) : IDisposable
{
    [ThreadStatic]
    private static CopyContext? t_spare;

    /// <summary>Take one per copied message; disposing gives it back.</summary>
    public CopyContext GetContext()
    {
        var spare = t_spare;
        if (spare is null || spare.Codecs != codecProvider)
            return new CopyContext(codecProvider, static context => t_spare = context);
        t_spare = null;
        return spare;
    }

    public void Dispose()
    {
        // Spares of other threads go when those take one for another pool.
        if (t_spare?.Codecs == codecProvider)
            t_spare = null;
    }
}
