using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>A call whose method returns nothing; the caller never waits for it.</summary>
public abstract class VoidRequest : RequestBase
{
    public sealed override ValueTask<Response> Invoke()
    {
        try
        {
            InvokeInner();
            return new(Response.Completed);
        }
        catch (Exception exception)
        {
            return new(Response.FromException(exception));
        }
    }

    protected abstract void InvokeInner();
}
