namespace Betar.Cluster.Tests.Model;

/// <summary>One step of a sequence; what its numbers mean is the step's own business.</summary>
internal readonly record struct ModelStep(ModelAction Action, int A, int B)
{
    public override string ToString() => $"{Action}({A}, {B})";
}
