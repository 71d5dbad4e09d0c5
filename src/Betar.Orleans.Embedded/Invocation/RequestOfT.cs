using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>A call whose method returns <see cref="ValueTask{TResult}"/>.</summary>
public abstract class Request<TResult> : RequestBase
{
    public sealed override ValueTask<Response> Invoke()
    {
        try
        {
            var call = InvokeInner();
            return call.IsCompletedSuccessfully ? new(Response.FromResult(call.Result)) : Await(call);
        }
        catch (Exception exception)
        {
            return new(Response.FromException(exception));
        }
    }

    protected abstract ValueTask<TResult> InvokeInner();

    private static async ValueTask<Response> Await(ValueTask<TResult> call)
    {
        try
        {
            return Response.FromResult(await call);
        }
        catch (Exception exception)
        {
            return Response.FromException(exception);
        }
    }
}
