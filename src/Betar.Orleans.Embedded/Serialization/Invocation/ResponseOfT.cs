namespace Orleans.Serialization.Invocation;

/// <summary>A call that ended with a value; the value is not boxed.</summary>
public sealed class Response<TResult> : Response
{
    public TResult? TypedResult { get; set; }

    public override object? Result
    {
        get => TypedResult;
        set => TypedResult = (TResult?)value;
    }

    public override Exception? Exception
    {
        get => null;
        set => throw new InvalidOperationException($"Cannot set {nameof(Exception)} on a response of type {nameof(Response<>)}.");
    }

    public override T GetResult<T>() => this is Response<T> same ? same.TypedResult! : (T)(object)TypedResult!;

    public override Type? GetSimpleResultType() => typeof(TResult);

    public override void Dispose() => TypedResult = default;

    public override string ToString() => TypedResult?.ToString() ?? "[null]";
}
