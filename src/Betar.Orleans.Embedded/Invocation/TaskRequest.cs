using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>A call whose method returns <see cref="Task"/>.</summary>
public abstract class TaskRequest : RequestBase
{
    public sealed override ValueTask<Response> Invoke()
    {
        try
        {
            var call = InvokeInner();
            return call.IsCompletedSuccessfully ? new(Response.Completed) : Await(call);
        }
        catch (Exception exception)
        {
            return new(Response.FromException(exception));
        }
    }

    protected abstract Task InvokeInner();

    private static async ValueTask<Response> Await(Task call)
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
