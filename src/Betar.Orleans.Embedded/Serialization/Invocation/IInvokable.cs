using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>One call: the method, its arguments, and how to run it on a target.</summary>
public interface IInvokable : IDisposable
{
    /// <summary>Whether <see cref="TryCancel"/> can reach the running call.</summary>
    bool IsCancellable => false;

    object? GetTarget();

    /// <summary>Binds the callee. From here on the method sees the invokable's own cancellation token.</summary>
    void SetTarget(ITargetHolder holder);

    ValueTask<Response> Invoke();

    int GetArgumentCount();

    object? GetArgument(int index);

    void SetArgument(int index, object? value);

    string GetMethodName();

    string GetInterfaceName();

    string GetActivityName();

    MethodInfo GetMethod();

    Type GetInterfaceType();

    TimeSpan? GetDefaultResponseTimeout() => null;

    /// <summary>Before <see cref="SetTarget"/> the caller's token, after it the callee's.</summary>
    CancellationToken GetCancellationToken() => CancellationToken.None;

    bool TryCancel() => false;
}
