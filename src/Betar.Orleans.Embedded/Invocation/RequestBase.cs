using System.Reflection;
using Orleans.CodeGeneration;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>What all generated requests have in common.</summary>
public abstract class RequestBase : IRequest
{
    public InvokeMethodOptions Options { get; protected set; }

    public virtual bool IsCancellable => false;

    public void AddInvokeMethodOptions(InvokeMethodOptions options) => Options |= options;

    public virtual int GetArgumentCount() => 0;

    public virtual object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index), "This request has no arguments.");

    public virtual void SetArgument(int index, object? value) => throw new ArgumentOutOfRangeException(nameof(index), "This request has no arguments.");

    public virtual CancellationToken GetCancellationToken() => default;

    public virtual bool TryCancel() => false;

    public virtual TimeSpan? GetDefaultResponseTimeout() => null;

    public abstract ValueTask<Response> Invoke();

    public abstract object? GetTarget();

    public abstract void SetTarget(ITargetHolder holder);

    public abstract string GetMethodName();

    public abstract string GetInterfaceName();

    public abstract string GetActivityName();

    public abstract Type GetInterfaceType();

    public abstract MethodInfo GetMethod();

    public abstract void Dispose();

    public override string ToString() => $"{GetInterfaceName()}.{GetMethodName()}";
}
