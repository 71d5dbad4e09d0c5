using System.Runtime.ExceptionServices;

namespace Orleans.Serialization.Invocation;

/// <summary>A call that ended with an exception.</summary>
public sealed class ExceptionResponse : Response
{
    public override object? Result
    {
        get
        {
            ExceptionDispatchInfo.Throw(Exception!);
            return null;
        }

        set => throw new InvalidOperationException($"Cannot set {nameof(Result)} on a response of type {nameof(ExceptionResponse)}.");
    }

    public override Exception? Exception { get; set; }

    public override T GetResult<T>()
    {
        ExceptionDispatchInfo.Throw(Exception!);
        return default;
    }

    public override void Dispose() => Exception = null;
}
