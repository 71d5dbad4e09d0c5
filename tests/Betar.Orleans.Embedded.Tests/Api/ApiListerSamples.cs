namespace Orleans.ApiListerSamples;

public delegate TOut Made<in TIn, out TOut>(TIn input, params int[] more);

public enum Letters : byte
{
    A = 1,
    B,
}

[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class MarkAttribute : Attribute;

public interface IThing<T>
    where T : class, IDisposable, new()
{
    int this[string name] { get; }

    void Default(out int number, ref T? thing, in long large) => number = 0;
}

public abstract class Things : IDisposable
{
    public const string Name = "things";
    public static readonly TimeSpan Age = TimeSpan.Zero;

    public event EventHandler? Happened;

    public required string Text { get; init; }

    public int Half { get; protected set; }

    public static Things? operator +(Things left, Things right) => left ?? right;

    public abstract void Dispose();

    public override string ToString() => Text;

    public Task<List<TItem>> Make<TItem>(TItem item, TimeSpan? wait = null, Letters letter = Letters.B, string text = "dev", bool flag = false, CancellationToken token = default)
        where TItem : struct => Task.FromResult(new List<TItem> { item });

    protected internal virtual void Inner() => Happened?.Invoke(this, EventArgs.Empty);

    internal void Hidden()
    {
    }
}

public readonly record struct Pair(int Left);

public static class Extensions
{
    [Obsolete("for the test")]
    public static int Twice(this int number) => number * 2;
}
