using System.Reflection;
using System.Runtime.ExceptionServices;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>A call on its way through the callee's filters: the silo's first, the grain's own last, then the method.</summary>
internal sealed class IncomingCallContext(Activation activation, Invocation call)
    : GrainCallContext(call.Request, call.Target, call.Source, activation.Silo.Types), IIncomingGrainCallContext
{
    private int _stage;

    public override object? Grain => activation.GrainInstance;

    public IGrainContext TargetContext => activation;

    public MethodInfo ImplementationMethod
    {
        get
        {
            var map = activation.GrainInstance!.GetType().GetInterfaceMap(InterfaceMethod.DeclaringType!);
            var definition = InterfaceMethod.IsGenericMethod ? InterfaceMethod.GetGenericMethodDefinition() : InterfaceMethod;
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, definition)];
        }
    }

    public static async ValueTask<Response> InvokeAsync(Activation activation, Invocation call)
    {
        if (activation.Type.IsSystem)
            return await call.Request.Invoke();
        var context = new IncomingCallContext(activation, call);
        await context.Invoke();
        return context.Response ?? Response.Completed;
    }

    public override async Task Invoke()
    {
        var filters = activation.Silo.IncomingFilters;
        var stage = _stage++;
        if (stage < filters.Length)
        {
            await filters[stage].Invoke(this);
            return;
        }

        if (stage == filters.Length && activation.GrainInstance is IIncomingGrainCallFilter own)
        {
            await own.Invoke(this);
            return;
        }

        Response = await call.Request.Invoke();
        if (Response.Exception is { } exception)
            ExceptionDispatchInfo.Throw(exception);
    }
}
