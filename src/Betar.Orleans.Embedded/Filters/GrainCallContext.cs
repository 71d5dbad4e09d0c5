using System.Reflection;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>What incoming and outgoing call contexts have in common.</summary>
internal abstract class GrainCallContext(IRequest request, GrainId target, GrainId? source, GrainTypes types) : IGrainCallContext
{
    private Response? _response;

    public IInvokable Request => request;

    public abstract object? Grain { get; }

    public GrainId? SourceId => source;

    public GrainId TargetId => target;

    public GrainInterfaceType InterfaceType => types.InterfaceTypeOf(request.GetInterfaceType());

    public string InterfaceName => request.GetInterfaceName();

    public string MethodName => request.GetMethodName();

    public MethodInfo InterfaceMethod => request.GetMethod();

    public Response? Response
    {
        get => _response;
        set => _response = value;
    }

    public object? Result
    {
        get => _response?.Result;
        set => _response = NewResponse(value);
    }

    public abstract Task Invoke();

    /// <summary>A result is sent as the type that the method declares, whatever type the filter sees it as.</summary>
    private Response NewResponse(object? value)
    {
        if (InterfaceMethod.ReturnType is not { IsGenericType: true } type)
            return Response.Completed;
        var response = (Response)Activator.CreateInstance(typeof(Response<>).MakeGenericType(type.GenericTypeArguments))!;
        response.Result = value;
        return response;
    }
}
