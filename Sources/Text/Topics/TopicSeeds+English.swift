extension TopicSeeds {
  /// Words that tell of a topic in English, with the forms that news write.
  static let english: [(topic: BuiltInTopic, words: String)] = [
    (
      .arts,
      """
      film, films, movie, movies, cinema, actor, actress, director, drama, concert, music, musician, singer, song, \
      songs, album, band, art, artist, artists, exhibition, painting, painter, gallery, museum, theatre, theater, \
      dance, dancer, ballet, opera, culture, novel, novelist, literature, author, poet, poetry, celebrity, netflix, \
      television, tv series, broadcaster, festival, oscar, oscars, grammy, emmy, premiere, box office, sculpture, comic
      """
    ),
    (
      .crime,
      """
      police, officer, officers, arrest, arrested, arrests, suspect, suspects, suspected, murder, murdered, killing, \
      robbery, theft, stolen, fraud, corruption, bribery, bribe, drug trafficking, cocaine, heroin, prosecutor, \
      prosecutors, court, judge, jury, trial, verdict, sentenced, sentence, prison, jail, jailed, convicted, \
      conviction, charged, charges, lawsuit, sued, attorney, lawyer, guilty, detained, custody, investigators, \
      gunman, shooting, stabbing, rape, kidnapping, smuggling, supreme court, appeal, hackers, data breach, bail
      """
    ),
    (
      .disaster,
      """
      earthquake, quake, tsunami, flood, floods, flooding, landslide, landslides, mudslide, volcano, eruption, \
      erupted, wildfire, wildfires, fire, blaze, firefighters, crash, crashed, derailed, derailment, collision, \
      sank, sinking, capsized, collapse, collapsed, explosion, blast, exploded, killed, dead, death toll, injured, \
      victims, survivors, rescue, rescuers, rescued, evacuated, evacuation, emergency, emergency services, disaster, \
      magnitude, wreckage, missing, stampede, avalanche, tornado, hurricane, relief, debris
      """
    ),
    (
      .economy,
      """
      economy, economic, inflation, market, markets, stock, stocks, shares, shareholders, investors, investment, \
      bank, banks, central bank, interest rate, interest rates, federal reserve, currency, dollar, euro, yen, budget, \
      tax, taxes, tariff, tariffs, trade, exports, imports, company, companies, profit, profits, revenue, earnings, \
      sales, merger, acquisition, ipo, debt, bonds, bond, loan, loans, gdp, growth, recession, oil prices, crude, \
      prices, retail, retailer, manufacturing, industry, startup, bankruptcy, billion, ceo, wall street, mortgage
      """
    ),
    (
      .education,
      """
      school, schools, student, students, pupils, teacher, teachers, university, universities, college, campus, \
      professor, curriculum, exam, exams, education, scholarship, tuition, graduate, graduates, graduation, degree, \
      classroom, classrooms, kindergarten, literacy, academic, principal, dean, enrolment, enrollment, lecture, \
      undergraduate, homework, admissions, school board, lessons
      """
    ),
    (
      .environment,
      """
      climate, climate change, global warming, emissions, carbon, greenhouse, greenhouse gas, pollution, polluted, \
      air quality, waste, plastic, recycling, forest, forests, deforestation, rainforest, conservation, \
      conservationists, wildlife, endangered, extinction, species, biodiversity, ecosystem, coral, coral reef, \
      habitat, renewable, renewables, solar, wind power, fossil fuels, environmental, environmentalists, oil spill, \
      drought, sea level, glacier, glaciers, river, ocean, whales, poaching, national park, greenpeace
      """
    ),
    (
      .health,
      """
      health, hospital, hospitals, doctor, doctors, nurse, nurses, patient, patients, disease, diseases, virus, \
      outbreak, pandemic, epidemic, vaccine, vaccines, vaccination, drug, drugs, medicine, medicines, medical, cancer, \
      diabetes, heart disease, stroke, hiv, aids, ebola, covid, coronavirus, influenza, flu, malaria, measles, mpox, \
      infection, infections, infected, symptoms, surgery, surgeon, clinic, therapy, treatment, mental health, obesity, \
      nutrition, pregnancy, world health organization, who, fda, clinical trial, dementia
      """
    ),
    (
      .humanInterest,
      """
      viral, quirky, bizarre, world record, guinness, oldest, tallest, longest, birthday, anniversary, wedding, \
      married, royal, royals, prince, princess, duchess, duke, queen, king charles, twins, pet, pets, cat, dog, puppy, \
      kitten, zoo, hero, heroic, lottery, jackpot, heartwarming, reunited, hobby, collector, prank, treasure
      """
    ),
    (
      .labour,
      """
      workers, employees, union, unions, trade union, strike, strikes, walkout, wage, wages, minimum wage, pay, \
      salary, salaries, layoffs, laid off, job cuts, redundancies, unemployment, jobless, employment, jobs, hiring, \
      workforce, labour, labor, collective bargaining, pension, pensions, retirement, working conditions, overtime, \
      picket, employer, employers, staff, apprenticeship, gig economy, migrant workers, sweatshop
      """
    ),
    (
      .lifestyle,
      """
      travel, tourism, tourist, tourists, holiday, holidays, vacation, hotel, hotels, resort, beach, restaurant, \
      restaurants, chef, recipe, recipes, food, cuisine, cooking, wine, beer, coffee, fashion, designer, runway, \
      beauty, cosmetics, skincare, fitness, diet, lifestyle, wellness, gaming, video game, hiking, cruise, garden, \
      gardening, home decor, luxury, trend, trends, yoga
      """
    ),
    (
      .politics,
      """
      president, prime minister, minister, cabinet, government, parliament, congress, senate, senator, lawmakers, \
      legislation, bill, election, elections, vote, voters, ballot, campaign, candidate, candidates, party, \
      democrats, republicans, republican, democrat, opposition, coalition, political, politician, politicians, \
      policy, white house, kremlin, governor, mayor, diplomat, diplomats, diplomatic, ambassador, embassy, foreign \
      minister, summit, treaty, bilateral, united nations, european union, referendum, protest, protesters, \
      constitution, impeachment, chancellor, poll, resign, resigned, state visit, sanctions
      """
    ),
    (
      .religion,
      """
      religion, religious, church, churches, mosque, mosques, temple, synagogue, pope, vatican, bishop, bishops, \
      cardinal, archbishop, priest, priests, imam, rabbi, pastor, cleric, clerics, muslim, muslims, islam, islamic, \
      christian, christians, catholic, catholics, protestant, jewish, hindu, hindus, buddhist, buddhists, faith, \
      prayer, prayers, worship, pilgrimage, pilgrims, hajj, ramadan, eid, easter, christmas, bible, koran, quran, monks
      """
    ),
    (
      .science,
      """
      science, scientist, scientists, researchers, research, study, technology, tech, artificial intelligence, ai, \
      robot, robots, robotics, software, computer, computers, internet, app, apps, smartphone, smartphones, google, \
      apple, microsoft, facebook, openai, chatgpt, chip, chips, semiconductor, cyber, cybersecurity, hackers, data, \
      nasa, space, spacecraft, satellite, satellites, rocket, astronaut, astronauts, telescope, planet, planets, mars, \
      moon, asteroid, astronomers, physics, physicists, biology, dna, genome, fossil, fossils, dinosaur, archaeologists, \
      laboratory, quantum, wikipedia, algorithm, users
      """
    ),
    (
      .society,
      """
      poverty, poor, homeless, homelessness, welfare, social, community, communities, migrants, immigration, \
      immigrants, asylum, refugees, discrimination, racism, racial, gender, women, equality, lgbt, gay marriage, \
      same-sex, abortion, elderly, disability, disabled, children, child marriage, domestic violence, census, \
      population, birth rate, human rights, activists, indigenous, minority, minorities, charity, volunteers, housing, \
      inequality, divorce, family, families
      """
    ),
    (
      .sport,
      """
      football, soccer, league, premier league, champions league, world cup, cup, match, matches, game, goal, goals, \
      scored, score, striker, midfielder, goalkeeper, coach, manager, team, teams, player, players, club, stadium, \
      referee, penalty, tennis, wimbledon, basketball, nba, nfl, baseball, hockey, rugby, cricket, golf, boxing, \
      formula one, grand prix, olympic, olympics, medal, gold medal, medals, champion, champions, championship, final, \
      semi-final, quarter-final, tournament, athlete, athletes, marathon, swimming, fifa, uefa, ioc, season, doping, win
      """
    ),
    (
      .conflict,
      """
      war, wars, military, army, troops, soldiers, soldier, forces, fighting, attack, attacks, attacked, airstrike, \
      airstrikes, air strikes, missile, missiles, rocket, rockets, bomb, bombing, bombs, drone, drones, shelling, \
      shelled, artillery, tank, tanks, ceasefire, truce, peace talks, peace deal, invasion, invaded, rebel, rebels, \
      insurgents, militants, militant, militia, separatists, terrorism, terrorist, terrorists, hostage, hostages, \
      coup, nuclear weapons, weapons, gunmen, casualties, frontline, hamas, hezbollah, islamic state, taliban, nato, \
      blockade, occupation, civil war, civilians, genocide, war crimes
      """
    ),
    (
      .weather,
      """
      weather, forecast, forecasters, storm, storms, rain, rainfall, heavy rain, snow, snowfall, snowstorm, blizzard, \
      hurricane, typhoon, cyclone, tropical storm, tornado, wind, winds, gusts, heatwave, heat wave, temperature, \
      temperatures, celsius, fahrenheit, degrees, cold snap, freezing, frost, fog, monsoon, el nino, la nina, \
      meteorologists, meteorological, thunderstorm, thunderstorms, lightning, hail, humidity, met office
      """
    ),
  ]
}
