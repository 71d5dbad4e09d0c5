namespace Betar.Grains.Payments;

/// <summary>Named places where a test may end the process. In service nothing happens there.</summary>
public interface IFaultPoints
{
    void Reach(string name);
}
