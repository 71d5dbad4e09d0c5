namespace Betar.Semantics.Tests.Lifetime;

/// <summary>Its constructor fails the first time.</summary>
[GrainType("fragile-constructor")]
public sealed class FragileConstructorGrain : Grain, IFragileGrain
{
    public FragileConstructorGrain(IGrainContext context)
    {
        var scene = Scene.Of(context.GrainId.Key.ToString()!);
        scene.Note("constructed");
        if (scene.Count("constructed") == 1)
        {
            throw new FormatException("the constructor failed");
        }
    }

    public Task<string> Ask() => Task.FromResult("well");
}
