namespace Orleans.Runtime;

/// <summary>Gives the grain whose turn is running.</summary>
public interface IGrainContextAccessor
{
    IGrainContext? GrainContext { get; }
}
