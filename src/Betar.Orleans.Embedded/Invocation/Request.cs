using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>A call whose method returns <see cref="ValueTask"/>.</summary>
public abstract class Request : RequestBase
{
    public sealed override ValueTask<Response> Invoke()
    {
        try
        {
            var call = InvokeInner();
            if (!call.IsCompletedSuccessfully)
                return Await(call);
            call.GetAwaiter().GetResult();
            return new(Response.Completed);
        }
        catch (Exception exception)
        {
            return new(Response.FromException(exception));
        }
    }

    protected abstract ValueTask InvokeInner();

    private static async ValueTask<Response> Await(ValueTask call)
    {
        try
        {
            await call;
            return Response.Completed;
        }
        catch (Exception exception)
        {
            return Response.FromException(exception);
        }
    }
}
