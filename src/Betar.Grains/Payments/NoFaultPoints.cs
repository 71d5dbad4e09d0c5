namespace Betar.Grains.Payments;

/// <summary>Service: no fault points.</summary>
public sealed class NoFaultPoints : IFaultPoints
{
    public void Reach(string name)
    {
    }
}
