namespace Orleans.Runtime;

/// <summary>What a silo has under a grain's name: one activation, or a group of workers.</summary>
internal interface ICallTarget
{
    void Post(Invocation call);
}
