namespace Betar.Orleans.Embedded;

/// <summary>Where the engine's choices come from: chance in life, a seed in a simulation.</summary>
public interface IEngineRandom
{
    int Next(int exclusiveBound);
}
