namespace Betar.Grains.Trading;

/// <summary>Hears how a seller behaved, so that the marketplace can weigh its listings.</summary>
public interface IContactReports
{
    void Report(AgentOffer offer, bool answered, TimeSpan latency);
}
